// How large the bundle of each function may be, uploaded; in bytes.
export const maxBundleBytes = { ingest: 268_500, processor: 420_000, query: 610_000, catalog: 485_000 };
