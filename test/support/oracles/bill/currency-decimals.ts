// Decimals of the currencies of cases, as ISO 4217 says.
const decimals: Readonly<Record<string, number>> = { usd: 2, eur: 2, huf: 2, jpy: 0, kwd: 3, iqd: 3 };

export const decimalsOf = (currency: string): number => {
  const known = decimals[currency];
  if (known === undefined) throw new Error(`no case is in ${currency}`);
  return known;
};
