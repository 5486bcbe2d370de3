// The id in the address of a page.
import { useParams } from '@tanstack/react-router';

export const usePathId = (): string => {
  const { id } = useParams({ strict: false });
  return id ?? '';
};
