import type { CodegenConfig } from '@graphql-codegen/cli'

/** Types every `.graphql` document of the pages from the API's schema; a document that does not fit fails here. */
const config: CodegenConfig = {
  schema: '../api/schema.graphql',
  documents: 'src/**/*.graphql',
  ignoreNoDocuments: true,
  generates: {
    './src/gql/': {
      preset: 'client',
      presetConfig: { fragmentMasking: false },
      config: {
        useTypeImports: true,
        enumsAsTypes: true,
        immutableTypes: true,
        strictScalars: true,
        scalars: { Day: 'string', DateTime: 'string', Decimal: 'string', Upload: 'File' },
      },
    },
  },
}

export default config
