import ts from 'typescript'

const variable = /^[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)*$/u

/** The environment variables that a source file names as keys of its schema or reads from an object. */
export function variablesOf(file: string, text: string): Set<string> {
  const source = ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true)
  const found = new Set<string>()
  const visit = (node: ts.Node) => {
    const name = nameOf(node)
    if (name !== undefined && variable.test(name)) found.add(name)
    ts.forEachChild(node, visit)
  }
  visit(source)
  return found
}

/** The variables of the first column of a page's tables. */
export function documentedVariables(markdown: string): Set<string> {
  return new Set([...markdown.matchAll(/^\| *`([A-Z][A-Z0-9_]*)`/gmu)].map(([, name = '']) => name))
}

function nameOf(node: ts.Node): string | undefined {
  if (ts.isPropertyAssignment(node) || ts.isPropertySignature(node)) return node.name.getText()
  if (ts.isPropertyAccessExpression(node)) return node.name.text
  if (ts.isElementAccessExpression(node) && ts.isStringLiteralLike(node.argumentExpression)) {
    return node.argumentExpression.text
  }
  return undefined
}
