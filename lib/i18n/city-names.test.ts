import { describe, expect, it, test } from "vitest";
import { cityName, cityTime, inCity } from "@/lib/i18n/city-names";
import { locales } from "@/lib/i18n/locales";
import { timeZones } from "@/lib/time-zones";

describe("where a clock shows a time, in each language", () => {
  it.each([
    ["Europe/Lisbon", "in Lisbon", "à Lisbonne", "em Lisboa", "en Lisboa"],
    ["America/Sao_Paulo", "in São Paulo", "à São Paulo", "em São Paulo", "en São Paulo"],
    ["America/New_York", "in New York", "à New York", "em Nova Iorque", "en Nueva York"],
    ["Africa/Cairo", "in Cairo", "au Caire", "no Cairo", "en El Cairo"],
    ["Atlantic/Azores", "in the Azores", "aux Açores", "nos Açores", "en las Azores"],
    ["Atlantic/Madeira", "in Madeira", "à Madère", "na Madeira", "en Madeira"],
    ["America/Havana", "in Havana", "à La Havane", "em Havana", "en La Habana"],
    ["Asia/Kuwait", "in Kuwait", "au Koweït", "no Koweit", "en Kuwait"],
    ["America/El_Salvador", "in El Salvador", "au Salvador", "em El Salvador", "en El Salvador"],
    [
      "Pacific/Easter",
      "on Easter Island",
      "à l’île de Pâques",
      "na Ilha da Páscoa",
      "en la Isla de Pascua",
    ],
    ["Asia/Tokyo", "in Tokyo", "à Tokyo", "em Tóquio", "en Tokio"],
    ["Europe/Kyiv", "in Kyiv", "à Kiev", "em Kiev", "en Kiev"],
  ])("%s", (zone, ...there) => {
    expect(locales.map((locale) => inCity(zone, locale))).toEqual(there);
  });
});

describe("the time of a city, in each language", () => {
  it.each([
    ["Europe/Athens", "Athens time", "heure d’Athènes", "hora de Atenas", "hora de Atenas"],
    ["Africa/Cairo", "Cairo time", "heure du Caire", "hora do Cairo", "hora de El Cairo"],
    ["Atlantic/Azores", "Azores time", "heure des Açores", "hora dos Açores", "hora de las Azores"],
    ["America/Havana", "Havana time", "heure de La Havane", "hora de Havana", "hora de La Habana"],
    [
      "Pacific/Easter",
      "Easter Island time",
      "heure de l’île de Pâques",
      "hora da Ilha da Páscoa",
      "hora de la Isla de Pascua",
    ],
    ["America/Jamaica", "Jamaica time", "heure de Jamaïque", "hora da Jamaica", "hora de Jamaica"],
  ])("%s", (zone, ...times) => {
    expect(locales.map((locale) => cityTime(zone, locale))).toEqual(times);
  });
});

test("every zone but UTC has a city in each language, and no two of a language share one", () => {
  for (const locale of locales) {
    const cities = timeZones.map((zone) => cityName(zone, locale));
    expect(cities.filter((city) => city === null)).toHaveLength(1);
    expect(cities.filter((city) => /[_[\]()/]/.test(city ?? ""))).toEqual([]);
    expect(cities.filter((city, index) => cities.indexOf(city) !== index)).toEqual([]);
  }
});

test.each(["UTC", "Etc/GMT+3", "EST"])("%s is no city", (zone) => {
  expect(inCity(zone, "en")).toBeNull();
});
