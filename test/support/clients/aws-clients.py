# Runs the AWS CLI, or boto3, in many homes, each time in a process of its own; what they read of themselves, which takes a second,
# they read once. argv: which of them, a folder; stdin: lines of JSON { env, args }; stdout: for each a line { code, stdout, stderr }.
import gc
import json
import os
import sys

# What they ask the home for when they are loaded: a link, which leads to the home of each run.
link = os.path.join(sys.argv[2], 'home')
os.environ['HOME'] = link


def aws_cli():
    import awscli.clidriver

    awscli.clidriver.create_clidriver()
    # It tells itself in the environment where its own data is.
    own_data = os.environ.pop('AWS_DATA_PATH')

    def run(args):
        os.environ['AWS_DATA_PATH'] = own_data
        sys.argv[1:] = args
        return awscli.clidriver.main()

    return run


def boto3():
    import boto3

    def run(args):
        keys = boto3.Session(profile_name=args[0] if args else None).get_credentials().get_frozen_credentials()
        print(json.dumps({'AccessKeyId': keys.access_key}))
        return 0

    return run


def apart(run, env, args):
    texts = [os.memfd_create(name) for name in ('stdout', 'stderr')]
    os.symlink(env['HOME'], link)
    child = os.fork()
    if child == 0:
        code = 255
        try:
            os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
            sys.stdin = open(0)
            for number, text in enumerate(texts, 1):
                os.dup2(text, number)
            os.environ.clear()
            os.environ.update(env)
            os.chdir(env['HOME'])
            # Without a terminal they cannot ask for a code.
            os.setsid()
            code = run(args)
        except Exception as error:
            print(repr(error), file=sys.stderr)
        finally:
            sys.stdout.flush()
            sys.stderr.flush()
            os._exit(code)
    _, status = os.waitpid(child, 0)
    os.unlink(link)
    stdout, stderr = [os.pread(text, os.fstat(text).st_size, 0).decode() for text in texts]
    for text in texts:
        os.close(text)
    return {'code': os.waitstatus_to_exitcode(status), 'stdout': stdout, 'stderr': stderr}


# One of them alone: the AWS CLI changes what both share.
run = {'AWS CLI': aws_cli, 'boto3': boto3}[sys.argv[1]]()
# A run is short, and what it would collect is what all share: it would have to copy it.
gc.disable()
gc.freeze()
for line in sys.stdin:
    given = json.loads(line)
    print(json.dumps(apart(run, given['env'], given['args'])), flush=True)
