/**
 * Waits until a new role on the data collection rule works, which takes up to half an hour, so that the first scan can send its rows.
 * The monitor's own identity cannot be asked; whoever deploys got the same role at the same time, and stands in for it.
 * https://learn.microsoft.com/azure/azure-monitor/logs/tutorial-logs-ingestion-portal#assign-permissions-to-the-dcr
 *
 * usage: node wait-for-roles.mjs [seconds between two attempts]
 */
import { execFileSync } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';

const MINUTES = 30;
const SECONDS = Number(process.argv[2] ?? 20);

const {
  AKS_DRIFT_LOGS_ENDPOINT: endpoint,
  AKS_DRIFT_DCR_ID: ruleId,
  MONITOR_OPERATOR_PRINCIPAL_ID: operatorId,
  INFRA_NETWORK_ISOLATION: isolation,
} = process.env;

/** The address of a cloud's endpoint ends with what its tokens are made out for. */
function audienceOf(address) {
  const [, host = 'monitor.azure.com'] = /\.(monitor\.azure\.[a-z]+)$/.exec(new URL(address).hostname) ?? [];
  return `https://${host}`;
}

function token() {
  const scope = `${audienceOf(endpoint)}/.default`;
  const answer = execFileSync('azd', ['auth', 'token', '--output', 'json', '--scope', scope], { encoding: 'utf8' });
  return JSON.parse(answer).token;
}

/** Sends no rows. @returns the status code. */
async function attempt(bearer) {
  const url = `${endpoint}/dataCollectionRules/${ruleId}/streams/Custom-AksMonitorRun_CL?api-version=2023-01-01`;
  const { status } = await fetch(url, {
    method: 'POST',
    headers: { authorization: `Bearer ${bearer}`, 'content-type': 'application/json' },
    body: '[]',
  });
  return status;
}

async function main() {
  if (isolation === 'true' || !operatorId) {
    console.log(
      'Roles are not waited for: nobody can ask for them from here. Rows that are refused at first are sent later.',
    );
    return;
  }
  const bearer = token();
  for (let attempts = Math.ceil((MINUTES * 60) / SECONDS); attempts > 0; attempts -= 1) {
    const status = await attempt(bearer);
    if (status === 401) {
      throw new Error(`${endpoint} does not take the token`);
    }
    // 404: the rule itself is not known everywhere yet.
    if (status < 500 && status !== 403 && status !== 404) {
      console.log('The role on the data collection rule works.');
      return;
    }
    console.log(
      `The role on the data collection rule does not work yet (${status}); this takes up to ${MINUTES} minutes.`,
    );
    await sleep(SECONDS * 1000);
  }
  console.log('It still does not. The monitor keeps its rows and sends them with a later scan.');
}

main().catch((error) => {
  console.error(`Roles could not be waited for: ${error.message}`);
  process.exitCode = 1;
});
