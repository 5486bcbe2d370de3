#!/usr/bin/env node
// The entry point of the CLI: runs a command and sets the exit code.
import { runProgram } from '../cli/program.ts';

await runProgram(process.argv);
