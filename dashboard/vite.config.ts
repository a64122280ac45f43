import { svelte } from '@sveltejs/vite-plugin-svelte';
import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';
import { defineConfig, type Plugin } from 'vite';

const PROXY = process.env.CCPROXY_URL ?? 'http://localhost:5174';

/** Sets the theme before the first paint: a classic script of its own, since the page may hold no inline script. */
function themeScript(): Plugin {
  const source = readFileSync(new URL('src/theme.js', import.meta.url), 'utf8');
  const name = `assets/theme-${createHash('sha256').update(source).digest('hex').slice(0, 8)}.js`;
  let building = false;
  return {
    name: 'theme-script',
    configResolved: (config) => {
      building = config.command === 'build';
    },
    generateBundle() {
      this.emitFile({ type: 'asset', fileName: name, source });
    },
    transformIndexHtml: () => [
      { tag: 'script', attrs: { src: building ? `/${name}` : '/src/theme.js' }, injectTo: 'head-prepend' },
    ],
  };
}

/** What the program serves: compressed variants beside each file, and the closed list of names. */
function servedFiles(): Plugin {
  return {
    name: 'served-files',
    apply: 'build',
    // When everything is written: before, other plugins may still change what is in the bundle.
    writeBundle({ dir }, bundle) {
      const names = Object.keys(bundle).sort();
      for (const name of names) {
        const file = join(dir!, name);
        const content = readFileSync(file);
        if (!/\.(js|css|svg)$/.test(name) || content.length < 1024) continue;
        const params = { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_SIZE_HINT]: content.length };
        writeFileSync(`${file}.br`, brotliCompressSync(content, { params }));
        writeFileSync(`${file}.gz`, gzipSync(content, { level: 9 }));
      }
      writeFileSync(join(dir!, 'files.txt'), names.join('\n') + '\n');
    },
  };
}

export default defineConfig({
  plugins: [svelte(), themeScript(), servedFiles()],
  build: {
    target: 'es2022',
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    reportCompressedSize: false,
    chunkSizeWarningLimit: 1000,
    rolldownOptions: { checks: { pluginTimings: false } },
  },
  server: {
    proxy: { '/api': PROXY, '/livez': PROXY },
  },
});
