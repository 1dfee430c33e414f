import { Field, ObjectType } from 'type-graphql'
import { DateTimeScalar } from '../../graphql/scalars.ts'

@ObjectType('DeviceExclusion', {
  description: 'A device that is not billed for an application, whoever uses it, and why.',
  simpleResolvers: true,
})
export class DeviceExclusionType {
  @Field(() => String, { description: 'The id the Kaspersky side knows the device by.' })
  deviceId!: string

  @Field(() => String, { description: 'Its name there when it was excluded.' })
  deviceName!: string

  @Field(() => String, { description: 'Why, in the words of who excluded it.' })
  reason!: string

  @Field(() => DateTimeScalar, { description: 'Since when.' })
  excludedAt!: Date

  @Field(() => String, { description: 'By whom.' })
  excludedBy!: string
}
