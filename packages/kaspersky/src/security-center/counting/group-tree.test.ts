import { expect, test } from 'vitest'
import { placeGroups } from './group-tree.ts'

//  1 physical server            10 virtual server 7        20 virtual server 8
//  └ 2                          └ 11                       └ 21 (says 8 itself)
//                                 └ 12
const groups = [
  { id: 1, parentId: 0, serverId: null },
  { id: 2, parentId: 1, serverId: null },
  { id: 10, parentId: 1, serverId: null },
  { id: 11, parentId: 10, serverId: null },
  { id: 12, parentId: 11, serverId: null },
  { id: 21, parentId: 20, serverId: 8 },
]
const place = placeGroups(groups, [
  { id: 7, rootGroups: [10] },
  { id: 8, rootGroups: [20] },
])

test.for([
  ['a group of the physical server belongs to no virtual server', 2, 0],
  ["a virtual server's top group is its own", 10, 7],
  ['a group deep below belongs to the virtual server whose top group is above it', 12, 7],
  ['a group that names its virtual server is believed', 21, 8],
  ['a top group that was not listed is still known', 20, 8],
  ['a group nobody listed belongs to nobody we know', 99, null],
] as const)('%s', ([, groupId, expected]) => {
  expect(place(groupId)).toBe(expected)
})

test('a circle of groups ends', () => {
  const circle = placeGroups(
    [
      { id: 1, parentId: 2, serverId: null },
      { id: 2, parentId: 1, serverId: null },
    ],
    [],
  )
  expect(circle(1)).toBeNull()
})
