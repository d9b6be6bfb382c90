// What nearly every page has, in one file: a bad line fetches it once.
import "@/components/scripts/countdown";
import "@/components/scripts/passkey-here";
import "@/components/scripts/password";
import "@/components/scripts/tab-row";
import "@/components/scripts/time-zone";
import "@/components/scripts/typed-beside";
