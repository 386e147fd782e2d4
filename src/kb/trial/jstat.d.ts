declare module 'jstat' {
  /** The part of the library that is used. */
  const library: {
    readonly jStat: {
      readonly beta: {
        /** The quantile of a beta distribution. */
        inv(probability: number, alpha: number, beta: number): number;
      };
      /** The natural logarithm of the beta function. */
      betaln(alpha: number, beta: number): number;
    };
  };
  export = library;
}
