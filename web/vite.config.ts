import { svelte } from "@sveltejs/vite-plugin-svelte";
import { defineConfig } from "vitest/config";

// The pages run under default-src 'self': nothing is inlined into HTML or CSS, not even small files.
const api = process.env.PARLEY_API ?? "http://127.0.0.1:8787";

export default defineConfig({
  plugins: [svelte()],
  build: { outDir: "dist", assetsInlineLimit: 0, modulePreload: { polyfill: false }, chunkSizeWarningLimit: 700 },
  server: {
    host: "127.0.0.1",
    proxy: Object.fromEntries(["/api", "/auth", "/openapi.json", "/docs"].map((path) => [path, api])),
  },
  test: { include: ["src/**/*.test.ts"] },
});
