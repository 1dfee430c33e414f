import parser from '@typescript-eslint/parser'
import vue from 'eslint-plugin-vue'

// Only the templates of Vue files: everything else is oxlint's, which does not look into templates.
export default [
  ...vue.configs['flat/essential'],
  {
    files: ['**/*.vue'],
    languageOptions: { parserOptions: { parser } },
  },
]
