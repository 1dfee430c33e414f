/**
 * An amount of money as decimal text (`"12.5000"`). Floats never carry money here; arithmetic goes through
 * the decimal library and comes back as text.
 */
export type DecimalText = string & { readonly __brand: 'DecimalText' }
