import ts from 'typescript'

/** A code and the place that brings it into the world. */
export interface CodePlace {
  readonly code: string
  readonly file: string
  readonly line: number
}

const shape = /^[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)*$/u

/**
 * The codes a source file brings into the world: the members of a union type whose name ends in `Code`, and texts given
 * as a property `code`, also through a condition.
 */
export function codesOf(file: string, text: string): CodePlace[] {
  const source = ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true)
  const places: CodePlace[] = []
  const add = (node: ts.Node, code: string) => {
    if (!shape.test(code)) return
    places.push({
      code,
      file,
      line: source.getLineAndCharacterOfPosition(node.getStart()).line + 1,
    })
  }
  const visit = (node: ts.Node) => {
    if (ts.isTypeAliasDeclaration(node) && node.name.text.endsWith('Code')) {
      for (const literal of textsIn(node.type)) add(literal, literal.text)
    }
    if (ts.isPropertyAssignment(node) && node.name.getText() === 'code') {
      for (const literal of resultsOf(node.initializer)) add(literal, literal.text)
    }
    ts.forEachChild(node, visit)
  }
  visit(source)
  return places
}

/** Every text in a source file that has the shape of a code. */
export function shoutedTexts(file: string, text: string): Set<string> {
  const source = ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true)
  return new Set(
    textsIn(source)
      .map((literal) => literal.text)
      .filter((literal) => shape.test(literal)),
  )
}

/** Headings of a page that are codes, in their order. */
export function documentedCodes(markdown: string): string[] {
  return [...markdown.matchAll(/^#{2,4} `?([A-Z][A-Z0-9_]*)`?\s*$/gmu)].map(([, code = '']) => code)
}

/** What an expression may evaluate to, where that is written as a text. */
function resultsOf(expression: ts.Expression): ts.StringLiteralLike[] {
  if (ts.isStringLiteralLike(expression)) return [expression]
  if (ts.isParenthesizedExpression(expression)) return resultsOf(expression.expression)
  if (ts.isAsExpression(expression) || ts.isSatisfiesExpression(expression))
    return resultsOf(expression.expression)
  if (ts.isConditionalExpression(expression)) {
    return [...resultsOf(expression.whenTrue), ...resultsOf(expression.whenFalse)]
  }
  return []
}

function textsIn(node: ts.Node): ts.StringLiteralLike[] {
  const found: ts.StringLiteralLike[] = []
  const visit = (child: ts.Node) => {
    if (ts.isStringLiteralLike(child)) found.push(child)
    ts.forEachChild(child, visit)
  }
  visit(node)
  return found
}
