// How large the bundle of each function may be, uploaded; in bytes.
export const maxBundleBytes = { ingest: 265_000, processor: 420_000, query: 540_000, catalog: 470_000 };
