# Runs the AWS CLI in many homes, each time in a process of its own; what it reads of itself, which takes a second, it reads once.
# argv: a folder; stdin: a JSON list of { env, args }; stdout: a JSON list of { code, stdout }.
import json
import os
import sys

# What it asks the home for when it is loaded: a link, which leads to the home of each run.
link = os.path.join(sys.argv[1], 'home')
os.environ['HOME'] = link

import awscli.clidriver

awscli.clidriver.create_clidriver()
# It tells itself in the environment where its own data is.
own_data = os.environ['AWS_DATA_PATH']


def run(env, args):
    os.environ.clear()
    os.environ.update(env, AWS_DATA_PATH=own_data)
    os.symlink(env['HOME'], link)
    os.chdir(env['HOME'])
    # Without a terminal it cannot ask for a code.
    os.setsid()
    sys.argv[1:] = args
    code = awscli.clidriver.main()
    sys.stdout.flush()
    os._exit(code)


def apart(given):
    read, write = os.pipe()
    child = os.fork()
    if child == 0:
        os.dup2(write, 1)
        os.close(read)
        os.close(write)
        os.dup2(os.open(os.devnull, os.O_RDWR), 2)
        try:
            run(given['env'], given['args'])
        finally:
            os._exit(255)
    os.close(write)
    with os.fdopen(read) as answer:
        stdout = answer.read()
    _, status = os.waitpid(child, 0)
    os.unlink(link)
    return {'code': os.waitstatus_to_exitcode(status), 'stdout': stdout}


print(json.dumps([apart(given) for given in json.load(sys.stdin)]))
