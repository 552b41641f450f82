import { fileURLToPath } from 'node:url';
import vue from '@vitejs/plugin-vue';
import { defineConfig } from 'vite';

const fromRoot = (path: string): string => fileURLToPath(new URL(`../../${path}`, import.meta.url));
const server = 'http://127.0.0.1:3000';

/** The web pages, served by the API door from `dist/console`. No inline script, so that a strict content policy holds. */
export default defineConfig({
  root: fromRoot('apps/console'),
  base: '/',
  plugins: [vue()],
  build: {
    outDir: fromRoot('dist/console'),
    emptyOutDir: true,
    modulePreload: { polyfill: false },
    rollupOptions: { input: [fromRoot('apps/console/index.html'), fromRoot('apps/console/review/index.html')] },
  },
  server: { proxy: { '/simulator': server, '/api': server, '/docs': server, '/health': server } },
});
