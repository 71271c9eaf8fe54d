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
