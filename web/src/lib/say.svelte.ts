// Short messages about what just happened, said once to eye and ear; with a way back where there is one.

export interface Said {
  text: string;
  bad?: boolean;
  undo?: () => void;
}

class Sayer {
  last = $state.raw<Said>();
  #timer = 0;

  say(text: string, opt: Omit<Said, "text"> = {}): void {
    this.last = { text, ...opt };
    clearTimeout(this.#timer);
    this.#timer = window.setTimeout(() => (this.last = undefined), opt.undo || opt.bad ? 12000 : 5000);
  }

  clear(): void {
    this.last = undefined;
  }
}

export const sayer = new Sayer();
export const say = sayer.say.bind(sayer);

/** messageOf is what went wrong, in words. */
export function messageOf(err: unknown): string {
  return err instanceof Error ? err.message : String(err);
}

/** sayFailed says that something went wrong, after words of what that was. */
export function sayFailed(err: unknown, what = ""): void {
  say(what + messageOf(err), { bad: true });
}
