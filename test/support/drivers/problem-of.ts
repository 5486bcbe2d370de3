// Catches the ApiError of a refused request.
import { ApiError } from '../../../shared/api/http/problem.ts';

export const problemOf = (run: () => unknown): { message: string; details: unknown } => {
  try {
    run();
  } catch (error) {
    if (error instanceof ApiError) return { message: error.message, details: error.details };
    throw error;
  }
  throw new Error('nothing was refused');
};
