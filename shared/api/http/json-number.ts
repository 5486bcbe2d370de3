// Converts exact quantities and amounts to JSON numbers where the API has them: with every digit, although many clients read a double.
import { type JsonNumber, numberOf } from '../../domain/numbers/long-number.ts';
import { formatQuantity, type Quantity } from '../../domain/numbers/quantity.ts';

export const toJsonNumber = (quantity: Quantity): JsonNumber => numberOf(formatQuantity(quantity));
