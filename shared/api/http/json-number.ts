// Where the wire has a JSON number for a quantity or an amount: a double is all that it can say. Inside everything is exact.
import { formatQuantity, type Quantity } from '../../domain/numbers/quantity.ts';

export const toJsonNumber = (quantity: Quantity): number => Number(formatQuantity(quantity));
