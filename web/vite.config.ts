import tailwind from "@tailwindcss/vite";
import react from "@vitejs/plugin-react";
import { defineConfig } from "vite";
import type { HtmlTagDescriptor, Plugin } from "vite";

/** Where `vite web` finds a running hub. */
const hub = process.env.SENTINAL_API_URL ?? "http://127.0.0.1:8484";

export default defineConfig({
  root: import.meta.dirname,
  plugins: [react(), tailwind(), preloadTextFont()],
  build: {
    // What the styles (light-dark) and the code (Map.groupBy) need anyway, so that nothing is written out for older ones.
    target: ["chrome123", "edge123", "firefox120", "safari17.5"],
    // The hub's policy allows fonts and images from itself only, so nothing becomes a data: address.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    reportCompressedSize: false,
  },
  server: {
    host: "127.0.0.1",
    proxy: { "/api": hub, "/socket.io": { target: hub, ws: true } },
  },
});

/** The text font is asked for with the page, not when the style sheet is first applied, so that text does not jump. */
function preloadTextFont(): Plugin {
  return {
    name: "preload-text-font",
    transformIndexHtml: {
      order: "post",
      handler(_html, context): HtmlTagDescriptor[] {
        const font = Object.keys(context.bundle ?? {}).find((name) => /inter-.*\.woff2$/.test(name));
        if (font === undefined) return [];
        return [{ tag: "link", attrs: { rel: "preload", href: `/${font}`, as: "font", type: "font/woff2", crossorigin: true }, injectTo: "head" }];
      },
    },
  };
}
