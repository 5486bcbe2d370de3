// How large the bundle of each function may be, uploaded; in bytes.
export const maxBundleBytes = { ingest: 267_000, processor: 420_000, query: 545_000, catalog: 485_000 };
