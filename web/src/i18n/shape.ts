/** The same keys with words of another language; checked by the compiler and again by a test. */
export type SameShape<T> = { readonly [K in keyof T]: T[K] extends string ? string : SameShape<T[K]> };
