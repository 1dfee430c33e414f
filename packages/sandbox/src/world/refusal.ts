/** Autotask says no: the text it answers with. Rises as HTTP 500 `{"errors":[text]}`, as all of Autotask's refusals do. */
export class Refusal extends Error {
  override readonly name = 'Refusal'
}
