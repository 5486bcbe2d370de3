#!/usr/bin/env node
// The CLI's entry: runs a command and turns how it ends into an exit code.
import { runProgram } from '../cli/program.ts';

await runProgram(process.argv);
