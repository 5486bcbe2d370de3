// Converts exact quantities and amounts to JSON numbers where the API has them; these are limited to doubles.
import { formatQuantity, type Quantity } from '../../domain/numbers/quantity.ts';

export const toJsonNumber = (quantity: Quantity): number => Number(formatQuantity(quantity));
