export type { Day } from './values/day.ts'
export {
  addDays,
  addMonths,
  daysBetween,
  earlierDay,
  laterDay,
  monthsBetween,
  parseDay,
  toDay,
} from './values/day.ts'
