/** The text of a file, as vite gives it. */
declare module '*?raw' {
  const text: string
  export { text as default }
}

interface ImportMeta {
  /** The texts of the files that match, by path, as vite gives them. */
  glob(
    pattern: string,
    options: { readonly query: '?raw'; readonly import: 'default' },
  ): Readonly<Record<string, () => Promise<string>>>
}
