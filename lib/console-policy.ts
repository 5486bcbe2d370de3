// How the console is served, on one machine and on CloudFront alike: its paths, how long they may be kept, and what a browser may
// load into the page that holds an API key.

/** Folder of the console below the root of its server; the build has it as its base. */
export const consoleBase = '/console/';
/** File of the address of the API, which the server of the console makes. */
export const consoleConfig = 'config.json';
export const consolePage = `${consoleBase}index.html`;

/** Addresses that lead to pages of the console. */
export const consoleRedirects: Readonly<Record<string, string>> = {
  '/': consoleBase,
  '/console': consoleBase,
  '/docs': `${consoleBase}api`,
};

/** Folder of files whose names change with their content. */
export const hashedFolder = `${consoleBase}assets/`;
/**
 * Source of the expression of paths that are files. Every other path below the console is a page, even if an id in it has a dot,
 * so that a missing file is a 404 and never a page.
 */
export const filePattern = `^${consoleBase}(assets/.*|[^/]*[.][^/]*)$`;

/** HTTP caching, RFC 9111: hashed files never change; the rest is asked for each time. */
export const cacheControl = { hashed: 'public, max-age=31536000, immutable', other: 'no-cache' } as const;

/** Returns the content security policy. `apiOrigin`: of the API, if it is not the one of the page. */
export const contentSecurityPolicy = (apiOrigin?: string): string =>
  [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self' data:",
    "font-src 'self'",
    `connect-src ${["'self'", ...(apiOrigin === undefined ? [] : [apiOrigin])].join(' ')}`,
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
    "require-trusted-types-for 'script'",
  ].join('; ');
