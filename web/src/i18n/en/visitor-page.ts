import { frame } from './frame';
import { visitor } from './visitor';

/** The words the visitor page needs, and no others. */
export const words = { frame, visitor };
