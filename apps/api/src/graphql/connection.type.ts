import { Field, Int, ObjectType, type ClassType } from 'type-graphql'

@ObjectType('PageInfo', { description: 'Where a page ends.', simpleResolvers: true })
class PageInfoType {
  @Field(() => Boolean, { description: 'True when there are rows after this page.' })
  hasNextPage!: boolean

  @Field(() => String, {
    nullable: true,
    description: 'Give it as `after` to get the next page; null when the page is empty.',
  })
  endCursor!: string | null
}

/** The connection and edge types of a node type, by the Relay convention. */
export function createConnectionType(
  name: string,
  node: () => ClassType,
  words: { readonly one: string; readonly many: string },
): ClassType {
  @ObjectType(`${name}Edge`, {
    description: `${words.one} and its place in the list.`,
    simpleResolvers: true,
  })
  class EdgeType {
    @Field(() => String, { description: 'Give it as `after` to go on behind this row.' })
    cursor!: string

    @Field(node, { description: `${words.one}.` })
    node!: object
  }

  @ObjectType(`${name}Connection`, {
    description: `A page of ${words.many}.`,
    simpleResolvers: true,
  })
  class ConnectionType {
    @Field(() => Int, {
      description: 'How many there are on all pages; counted only when asked for.',
    })
    totalCount!: number

    @Field(() => PageInfoType, { description: 'Where the page ends.' })
    pageInfo!: PageInfoType

    @Field(() => [EdgeType], { description: 'The rows with their places in the list.' })
    edges!: EdgeType[]

    @Field(() => [node()], { description: 'The rows.' })
    nodes!: object[]
  }
  return ConnectionType
}
