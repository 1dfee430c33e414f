import type { DeviceCategory as DeviceCategoryName } from '@trueup/core'
import { Field, Int, ObjectType } from 'type-graphql'
import { DeviceCategory } from './billing-words.type.ts'

@ObjectType('CategoryCount', {
  description: 'Units of one device category.',
  simpleResolvers: true,
})
export class CategoryCountType {
  @Field(() => DeviceCategory, {
    nullable: true,
    description: 'The category; null: the operating system is unknown.',
  })
  category!: DeviceCategoryName | null

  @Field(() => Int, { description: 'Distinct devices of that category.' })
  units!: number
}
