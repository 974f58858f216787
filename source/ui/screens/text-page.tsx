import {BarePage, Page} from '../components/page.tsx';
import type {PageText} from '../text/page-text.ts';
import type {ViewProps} from './screen.ts';

/** The view of a screen that is a page of text, with a frame if there is room. */
export function TextPage({
  kind,
  ...page
}: Pick<ViewProps, 'kind' | 'width' | 'height' | 'onScrollable'> & PageText) {
  return kind === 'panels' ? <Page {...page} /> : <BarePage {...page} />;
}
