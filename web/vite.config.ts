import { readFileSync } from "node:fs";
import { svelte } from "@sveltejs/vite-plugin-svelte";
import { defineConfig } from "vitest/config";

// The names of countries come from the table that articles are read with: code and English name.
const countries = Object.fromEntries(
  readFileSync(new URL("../internal/resolve/tables/countries.tsv", import.meta.url), "utf8")
    .split("\n")
    .filter((line) => line && !line.startsWith("#"))
    .map((line) => [line.split("\t")[0], line.split("\t")[2]]),
);

// The pages run under default-src 'self': nothing is inlined into HTML or CSS, not even small files.
const api = process.env.PARLEY_API ?? "http://127.0.0.1:8787";

export default defineConfig({
  plugins: [svelte()],
  define: { COUNTRIES: JSON.stringify(countries) },
  build: { outDir: "dist", assetsInlineLimit: 0, modulePreload: { polyfill: false }, chunkSizeWarningLimit: 700 },
  server: {
    host: "127.0.0.1",
    proxy: Object.fromEntries(["/api", "/auth", "/openapi.json", "/docs"].map((path) => [path, api])),
  },
  test: { include: ["src/**/*.test.ts"] },
});
