import { Ctx, FieldResolver, Resolver, Root } from 'type-graphql'
import type { RequestContext } from '../../context.ts'
import type { BillingRunRow } from '../run/billing-run.entity.ts'
import { BillingRunType } from '../run/run.type.ts'
import { PeriodMoneyType } from './period-money.type.ts'
import { readRunMoney } from './read-run-money.ts'
import { RunAccountType } from './run-money.type.ts'

/** What a run changes invoices by. */
@Resolver(() => BillingRunType)
export class RunMoneyResolver {
  @FieldResolver(() => [PeriodMoneyType], {
    description:
      'What it adds to which billing period, all accounts together: planned or posted, without held, refused and dismissed ones.',
  })
  async money(
    @Root() { id }: BillingRunRow,
    @Ctx() { em }: RequestContext,
  ): Promise<readonly PeriodMoneyType[]> {
    return (await readRunMoney(em, id)).periods
  }

  @FieldResolver(() => [RunAccountType], {
    description:
      "The same account by account, by the account's name, and what is skipped there; only accounts that change or are skipped in part. Customers without an account come last, together.",
  })
  async accounts(
    @Root() { id }: BillingRunRow,
    @Ctx() { em, loaders }: RequestContext,
  ): Promise<RunAccountType[]> {
    const { accounts } = await readRunMoney(em, id)
    return Promise.all(
      accounts.map(async ({ accountId, ...money }) => ({
        ...money,
        account: accountId === null ? null : ((await loaders.account.load(accountId)) as object),
      })),
    )
  }
}
