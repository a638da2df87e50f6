import type { Feature } from '../../telegram/feature.ts'
import { answerDayOff, dayOffButtons, dayOffForm, showDaysOff } from './handlers.ts'

import { calendarData } from './personal-data.ts'

export { daysOffOf } from './days-off.ts'

/** The ward's days off: on them nothing recurring is due. */
export const calendarFeature: Feature = {
  name: 'calendar',
  title: 'calendar:menuTitle',
  commands: [
    {
      name: 'ngaynghi',
      chats: ['private'],
      audience: 'calendar.edit',
      label: 'calendar:labelDaysOff',
      handle: showDaysOff,
    },
  ],
  buttons: dayOffButtons,
  personalData: calendarData,
  forms: { [dayOffForm]: { handle: answerDayOff } },
}
