import {say} from '../core/text/say.ts';
import {presetNames} from './presets.ts';

/** The file that `agent2 config init` writes: valid as it is, with the other settings as comments, in the chosen language. */
export function exampleConfig(): string {
  return `# ${say`What agent2 watches, and how it heals it. Check it with: agent2 config check`}
# ${say`docs/config.md explains every key; agent2 config schema prints a JSON schema for editors:`}
#   ${say`${'agent2 config schema > agent2.schema.json'}, and as the first line here`}
#   # yaml-language-server: $schema=agent2.schema.json

preset: test             # ${say`${presetNames.slice(0, -1).join(', ')} or ${presetNames.at(-1) ?? ''}`}
# stateDir: /var/lib/agent2
# healBudget: 5 in 10m   # ${say`fixes of all targets together`}
# log: {level: info, format: text, maxSize: 10MiB, keep: 5}

targets:
  - name: web
    url: http://127.0.0.1:3000/health
    # expect: {status: ok}          # ${say`fields of the JSON body, by path`}
    # headers:                      # ${say`keep secrets elsewhere:`}
    #   Authorization: Bearer \${env:WEB_TOKEN}
    #   X-Api-Key: {file: secrets/web-key}
    # pidFile: /run/web.pid         # ${say`without it the process is found by its port`}
    # preset: prod
    # interval: 5s                  # ${say`any value of the preset: timeout, threshold, slow, grace, budget …`}
    # checks:
    #   - tcp: 127.0.0.1:5432
    #     name: database
    #     advisory: true            # ${say`warns, and never leads to a fix`}
    fix: none                       # ${say`observe only; or one of these:`}
    # fix: {use: command, restart: [systemctl, restart, web]}
    # fix: {use: child, command: [node, server.js]}

  # - name: worker
  #   pidFile: /run/worker.pid
  #   dependsOn: [web]              # ${say`not restarted while ${'web'} is not healthy`}
  #   fix: {use: command, restart: [./restart-worker.sh]}
  #   evidence: {log: /var/log/worker.log}
  #   drill: {crash: true}          # ${say`${'agent2 drill crash worker'} may kill it`}
`;
}
