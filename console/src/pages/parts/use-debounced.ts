// A value that follows another one once that has stayed the same for a moment: so that typing does not call the API at each key.
import { useEffect, useState } from 'react';

export const useDebounced = <T>(value: T, ms = 300): T => {
  const [settled, setSettled] = useState(value);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(value), ms);
    return () => clearTimeout(timer);
  }, [value, ms]);
  return settled;
};
