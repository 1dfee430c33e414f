/** The insertion of an integration `i` with the columns of the first migrations, for tests of what later ones do with old rows. */
export function oldIntegration(facts: {
  readonly billDevicesByCategory: boolean
}): readonly [sql: string, values: readonly unknown[]] {
  return [INTEGRATION, [false, facts.billDevicesByCategory, true, '{}', new Date('2026-01-01')]]
}

const INTEGRATION = `insert into integration (id, name, name_key, source, time_zone, daily_run_hour, schedule_enabled,
    approval_mode, bill_devices_by_category, count_unknown_as_workstation, effective_date_policy,
    maximum_reading_age_days, brakes, autotask_user_name, autotask_secret, autotask_integration_code, created_at)
  values ('i', 'I', 'i', 'SECURITY_CENTER', 'Europe/Berlin', 3, ?, 'MANUAL', ?, ?, 'PERIOD_START', 3, ?, '', '', '', ?)`
