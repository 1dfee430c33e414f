// The thin commands: prepare, start one program of ours with the given flags, end as it ends.
import { join } from 'node:path'
import { ExitWith, runCommand } from './command.mjs'
import { prepare } from './prepare.mjs'
import { awaitExit, startService } from './processes.mjs'
import { node24, root } from './toolchain.mjs'

/**
 * Runs one program in the foreground with this command's own flags, output and exit code. Our own words go to stderr:
 * stdout belongs to the program from its first line on.
 * @param {object} options
 * @param {string} options.entry the program's file below the root
 * @param {readonly string[]} [options.tasks] turbo tasks it needs first
 * @param {boolean} [options.serves] it runs until it is stopped, and being stopped is not a failure
 * @param {NodeJS.ProcessEnv} [options.env]
 */
export async function runProgram({ entry, tasks = [], serves = false, env = process.env }) {
  await runCommand(async (stop) => {
    await prepare({ tasks, say: (line) => process.stderr.write(`${line}\n`) })
    const program = startService([node24, join(root, entry), ...process.argv.slice(2)], {
      output: 'inherit',
      env,
    })
    stop.serving = serves
    throw new ExitWith(await awaitExit(program, entry))
  })
}
