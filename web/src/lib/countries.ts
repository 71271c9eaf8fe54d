// Names of countries, which records keep as codes (ISO 3166 alpha-3). The names are put in when the pages are built.

declare const COUNTRIES: { [code: string]: string };

/** country is the name of a country; a code that is not known stays as it is. */
export function country(code: string): string {
  return COUNTRIES[code] ?? code;
}
