"use client";

import "@/app/globals.css";
import { Button } from "@/components/button";
import { Card } from "@/components/card";
import { failureWords } from "@/lib/i18n/failure-words";
import { defaultLocale, isLocale } from "@/lib/i18n/locales";

/** The page of last resort: whatever failed, it needs neither the server nor the layout. */
export default function GlobalError() {
  const lang = typeof document === "undefined" ? defaultLocale : document.documentElement.lang;
  const locale = isLocale(lang) ? lang : defaultLocale;
  const { title, what, next } = failureWords[locale];
  return (
    <html lang={locale}>
      <body>
        <title>{title}</title>
        <main className="px-4 py-14">
          <Card title={title} lead={<p role="alert">{what}</p>}>
            <Button type="button" onClick={() => window.location.reload()}>
              {next}
            </Button>
          </Card>
        </main>
      </body>
    </html>
  );
}
