import {
  Arg,
  Authorized,
  Ctx,
  Field,
  FieldResolver,
  ID,
  InputType,
  Mutation,
  ObjectType,
  Resolver,
  Root,
} from 'type-graphql'
import type { RequestContext } from '../../context.ts'
import {
  MutationResultType,
  ProblemType,
  toMutationResult,
  toProblemTypes,
} from '../../graphql/problem.type.ts'
import type { ApplicationRow } from '../application/application.entity.ts'
import { requireViewer } from '../viewer/require-viewer.ts'
import { Role } from '../viewer/role.ts'
import type { DeviceExclusionRow } from './device-exclusion.entity.ts'
import { DeviceUseType } from './evidence.type.ts'
import { excludeDevice, includeDevice } from './exclude-device.ts'
import { DeviceExclusionType } from './exclusion.type.ts'

@InputType('ExcludeDeviceInput', { description: 'Which device is not to be billed, and why.' })
class ExcludeDeviceInput {
  @Field(() => ID, { description: 'For which application.' })
  applicationId!: string

  @Field(() => String, { description: 'The id the Kaspersky side knows the device by.' })
  deviceId!: string

  @Field(() => String, { description: 'Why; stands in the activity log, too.' })
  reason!: string
}

@ObjectType('ExcludeDeviceResult', {
  description: 'The exclusion, or why there is none.',
  simpleResolvers: true,
})
class ExcludeDeviceResultType {
  @Field(() => DeviceExclusionType, { nullable: true, description: 'Null when refused.' })
  exclusion!: DeviceExclusionType | null

  @Field(() => [ProblemType], { description: 'Why not, when refused.' })
  problems!: ProblemType[]
}

@Resolver(() => DeviceUseType)
export class DeviceExclusionResolver {
  @Authorized(Role.ADMINISTRATOR, Role.AUTOMATION)
  @Mutation(() => ExcludeDeviceResultType, {
    description:
      'Leaves a device out of the bill for an application from the next plan on. Changes no units by itself.',
  })
  async excludeDevice(
    @Ctx() context: RequestContext,
    @Arg('input', () => ExcludeDeviceInput, { description: 'Which device, and why.' })
    input: ExcludeDeviceInput,
  ): Promise<ExcludeDeviceResultType> {
    const outcome = await excludeDevice(context.services, requireViewer(context), input)
    return { exclusion: outcome.exclusion, problems: toProblemTypes(outcome.problems) }
  }

  @Authorized(Role.ADMINISTRATOR, Role.AUTOMATION)
  @Mutation(() => MutationResultType, {
    description:
      'Bills an excluded device again from the next plan on. Changes no units by itself.',
  })
  async includeDevice(
    @Ctx() context: RequestContext,
    @Arg('applicationId', () => ID, { description: 'For which application.' })
    applicationId: string,
    @Arg('deviceId', () => String, { description: 'Which device.' }) deviceId: string,
  ): Promise<MutationResultType> {
    const viewer = requireViewer(context)
    return toMutationResult(
      await includeDevice(context.services, viewer, { applicationId, deviceId }),
    )
  }

  @FieldResolver(() => DeviceExclusionType, {
    nullable: true,
    description: 'Why it is not billed for this application now; null when it is.',
  })
  exclusion(
    @Root() { application, deviceId }: DeviceUseType,
    @Ctx() { loaders }: RequestContext,
  ): Promise<DeviceExclusionRow | null> {
    return loaders.exclusionOfUse.load(`${(application as ApplicationRow).id}/${deviceId}`)
  }
}
