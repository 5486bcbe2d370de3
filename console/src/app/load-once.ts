// Loads a page. After a deployment a page that was opened before asks for files that may be gone: then everything is loaded again, once.

const mark = 'tollgate.reloaded';

export const loadOnce = async <T>(load: () => Promise<T>): Promise<T> => {
  try {
    const page = await load();
    window.sessionStorage.removeItem(mark);
    return page;
  } catch (error) {
    if (window.sessionStorage.getItem(mark) !== null) throw error;
    window.sessionStorage.setItem(mark, '1');
    window.location.reload();
    return await new Promise<T>(() => undefined);
  }
};
