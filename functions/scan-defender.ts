import { app } from '@azure/functions';

import { requestScans } from '../shared/run/requests';
import { hostOf } from './host';

app.timer('scan-defender', {
  schedule: '%AKS_DRIFT_SCHEDULE_DEFENDER%',
  useMonitor: true,
  handler: (_timer, context) => requestScans('defender', hostOf(context)),
});
