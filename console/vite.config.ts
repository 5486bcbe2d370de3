// Builds the console into console/dist. The content security policy forbids inline styles and innerHTML, which react-aria uses in
// three places: they are replaced in the build, which fails if a new version of it has changed them.
import optimizeLocales from '@react-aria/optimize-locales-plugin';
import { defineConfig, type Plugin } from 'vite';

const cures: readonly (readonly [file: string, what: RegExp, by: string])[] = [
  ['interactions/usePress.mjs', /ownerDocument\.head\.prepend\(style\);/g, ''],
  ['overlays/usePreventScroll.mjs', /document\.head\.prepend\(style\);/g, ''],
  ['live-announcer/LiveAnnouncer.mjs', /\.innerHTML = ''/g, '.replaceChildren()'],
];

const reactAriaUnderCsp = (): Plugin => ({
  name: 'react-aria-under-csp',
  apply: 'build',
  enforce: 'pre',
  transform: {
    filter: { id: /react-aria\/dist\/private\/.*\.mjs$/ },
    handler(code, id) {
      const cure = cures.find(([file]) => id.endsWith(`/private/${file}`));
      if (!cure) return null;
      const cured = code.replaceAll(cure[1], cure[2]);
      if (cured === code) this.error(`${cure[0]} has changed: see console/vite.config.ts`);
      return { code: cured, map: null };
    },
  },
});

export default defineConfig({
  base: '/console/',
  plugins: [optimizeLocales.vite({ locales: ['en-US'] }), reactAriaUnderCsp()],
  build: {
    outDir: 'dist',
    emptyOutDir: true,
    assetsInlineLimit: 0,
    // One style sheet: the order of rules does not depend on which page was opened first.
    cssCodeSplit: false,
    // The first browsers with light-dark() and JSON.rawJSON, which keeps the digits of long numbers.
    target: ['chrome123', 'edge123', 'firefox135', 'safari18.4'],
    cssTarget: ['chrome123', 'edge123', 'firefox135', 'safari18.4'],
    rolldownOptions: {
      output: {
        codeSplitting: {
          // The design system, with small parts that pages share, is one file for all pages, and not a file for each set of pages that share a part of it.
          groups: [
            {
              name: 'ui',
              test: /console\/src\/(ui\/(?!combo-box|menu-popover|tabs|call-view)|url\/|api\/|base\/|session\/|pages\/[\w-]+\/([\w-]+-search|histogram-bars|fix-address|use-row-shortcuts)\.)/,
              priority: 2,
            },
            // The pages with events share most of what they consist of.
            { name: 'events', test: /console\/src\/pages\/events?\/(?!.*-search|add-filter|edit-event)/, priority: 1 },
          ],
        },
      },
      onLog(level, log, handle) {
        // A module that needs Node would load, and fail when it is called.
        if (log.message.includes('externalized')) throw new Error(log.message);
        // Libraries mark their components for servers; here everything is a client.
        if (log.code !== 'MODULE_LEVEL_DIRECTIVE') handle(level, log);
      },
    },
  },
});
